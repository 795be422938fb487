/** Files that clients send, brought into the form in which applications read them. */
@NullMarked
package dev.headway.server.file;

import org.jspecify.annotations.NullMarked;
