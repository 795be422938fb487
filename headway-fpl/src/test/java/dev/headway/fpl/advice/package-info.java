@NullMarked
package dev.headway.fpl.advice;

import org.jspecify.annotations.NullMarked;
