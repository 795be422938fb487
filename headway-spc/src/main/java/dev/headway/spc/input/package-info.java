/** What comes from outside: checks that find every defect at once, and the CSV reader. */
@NullMarked
package dev.headway.spc.input;

import org.jspecify.annotations.NullMarked;
