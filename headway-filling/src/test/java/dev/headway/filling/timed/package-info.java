@NullMarked
package dev.headway.filling.timed;

import org.jspecify.annotations.NullMarked;
