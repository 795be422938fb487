@NullMarked
package dev.headway.filling.verify;

import org.jspecify.annotations.NullMarked;
