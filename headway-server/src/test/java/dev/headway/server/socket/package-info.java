@NullMarked
package dev.headway.server.socket;

import org.jspecify.annotations.NullMarked;
