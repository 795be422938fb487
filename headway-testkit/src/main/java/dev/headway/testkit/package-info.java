/** What tests of Headway and of programs that embed it need: clocks, identifiers, suites. */
@NullMarked
package dev.headway.testkit;

import org.jspecify.annotations.NullMarked;
