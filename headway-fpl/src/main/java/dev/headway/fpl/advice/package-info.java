/** The analysis of a team: from a request to a decision with its reasons and risks. */
@NullMarked
package dev.headway.fpl.advice;

import org.jspecify.annotations.NullMarked;
