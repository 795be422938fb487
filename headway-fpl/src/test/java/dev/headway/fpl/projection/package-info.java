@NullMarked
package dev.headway.fpl.projection;

import org.jspecify.annotations.NullMarked;
