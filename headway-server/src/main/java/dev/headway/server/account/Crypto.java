package dev.headway.server.account;

import java.time.InstantSource;

/**
 * What needs secrets.
 *
 * @param tokens makes and verifies tokens
 * @param passwords hashes passwords
 * @param sources where time and identifiers come from
 */
record Crypto(Tokens tokens, Passwords passwords, Sources sources) {
  InstantSource clock() {
    return sources.clock();
  }
}
