@NullMarked
package dev.headway.fpl.data;

import org.jspecify.annotations.NullMarked;
