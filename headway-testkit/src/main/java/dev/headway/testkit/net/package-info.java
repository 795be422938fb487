/** Clients and networks for tests: a watcher that records, a proxy that fails. */
@NullMarked
package dev.headway.testkit.net;

import org.jspecify.annotations.NullMarked;
