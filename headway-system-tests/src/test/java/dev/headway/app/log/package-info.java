/** Tests of the log. */
@NullMarked
package dev.headway.app.log;

import org.jspecify.annotations.NullMarked;
