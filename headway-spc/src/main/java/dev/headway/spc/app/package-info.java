/** Process control as an application of the server: REST, sockets, topics and jobs. */
@NullMarked
package dev.headway.spc.app;

import org.jspecify.annotations.NullMarked;
