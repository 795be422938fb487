/** Lots, lines and rules of a sterile filling plan, and the schedule that answers them. */
@NullMarked
package dev.headway.filling.model;

import org.jspecify.annotations.NullMarked;
