/** What tests of servers need at the network: a client that records, a network that misbehaves. */
@NullMarked
package dev.headway.testkit.net;

import org.jspecify.annotations.NullMarked;
