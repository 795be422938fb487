/** Problems for the tests of all packages. */
@NullMarked
package dev.headway.filling;

import org.jspecify.annotations.NullMarked;
