/** Network addresses: blocks of them, and the proxies among them. */
@NullMarked
package dev.headway.server.address;

import org.jspecify.annotations.NullMarked;
