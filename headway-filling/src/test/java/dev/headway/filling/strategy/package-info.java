@NullMarked
package dev.headway.filling.strategy;

import org.jspecify.annotations.NullMarked;
