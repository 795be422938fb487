@NullMarked
package dev.headway.filling.exact;

import org.jspecify.annotations.NullMarked;
