/** Alarms: who is told of a violation, by what, and again while nobody answers. */
@NullMarked
package dev.headway.spc.alarm;

import org.jspecify.annotations.NullMarked;
