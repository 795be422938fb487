@NullMarked
package dev.headway.filling.bound;

import org.jspecify.annotations.NullMarked;
