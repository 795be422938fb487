/** Planning strategies and their progress reports. */
@NullMarked
package dev.headway.filling.strategy;

import org.jspecify.annotations.NullMarked;
