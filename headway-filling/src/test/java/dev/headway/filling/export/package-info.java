@NullMarked
package dev.headway.filling.export;

import org.jspecify.annotations.NullMarked;
