@NullMarked
package dev.headway.fpl.app;

import org.jspecify.annotations.NullMarked;
