/** Plans that people change by hand, checked by the verifier. */
@NullMarked
package dev.headway.filling.revision;

import org.jspecify.annotations.NullMarked;
