/** Filling-line scheduling as an application of the server: routes, sockets, topics, exports. */
@NullMarked
package dev.headway.filling.app;

import org.jspecify.annotations.NullMarked;
