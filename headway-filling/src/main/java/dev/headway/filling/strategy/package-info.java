/** Ways of planning a filling schedule, and what they report while they run. */
@NullMarked
package dev.headway.filling.strategy;

import org.jspecify.annotations.NullMarked;
