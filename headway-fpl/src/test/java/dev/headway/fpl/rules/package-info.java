@NullMarked
package dev.headway.fpl.rules;

import org.jspecify.annotations.NullMarked;
