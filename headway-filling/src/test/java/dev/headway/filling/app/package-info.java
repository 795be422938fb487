@NullMarked
package dev.headway.filling.app;

import org.jspecify.annotations.NullMarked;
