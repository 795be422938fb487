/** Backups of an installation's data directory. */
@NullMarked
package dev.headway.app.backup;

import org.jspecify.annotations.NullMarked;
