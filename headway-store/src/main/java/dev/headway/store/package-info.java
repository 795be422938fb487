/** SQLite and PostgreSQL: connections, threads, migrations, and what is told of a failure. */
@NullMarked
package dev.headway.store;

import org.jspecify.annotations.NullMarked;
