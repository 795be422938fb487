@NullMarked
package dev.headway.server.limit;

import org.jspecify.annotations.NullMarked;
