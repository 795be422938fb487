@NullMarked
package dev.headway.filling.search;

import org.jspecify.annotations.NullMarked;
