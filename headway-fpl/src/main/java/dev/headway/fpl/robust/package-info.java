/** How much the advice depends on the projections: the plan again, for others as likely. */
@NullMarked
package dev.headway.fpl.robust;

import org.jspecify.annotations.NullMarked;
