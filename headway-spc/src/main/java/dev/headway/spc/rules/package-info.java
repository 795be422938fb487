/** The eight rules of Nelson as an incremental engine. */
@NullMarked
package dev.headway.spc.rules;

import org.jspecify.annotations.NullMarked;
