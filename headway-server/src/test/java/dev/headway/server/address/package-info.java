@NullMarked
package dev.headway.server.address;

import org.jspecify.annotations.NullMarked;
