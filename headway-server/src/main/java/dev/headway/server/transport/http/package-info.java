/** HTTP requests and answers, bodies on their way to the disk, and changes to another protocol. */
@NullMarked
package dev.headway.server.transport.http;

import org.jspecify.annotations.NullMarked;
