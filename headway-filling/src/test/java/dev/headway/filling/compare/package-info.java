@NullMarked
package dev.headway.filling.compare;

import org.jspecify.annotations.NullMarked;
