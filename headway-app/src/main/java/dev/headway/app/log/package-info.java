/** How the log looks. */
@NullMarked
package dev.headway.app.log;

import org.jspecify.annotations.NullMarked;
