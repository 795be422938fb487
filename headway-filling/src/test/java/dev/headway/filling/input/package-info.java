@NullMarked
package dev.headway.filling.input;

import org.jspecify.annotations.NullMarked;
