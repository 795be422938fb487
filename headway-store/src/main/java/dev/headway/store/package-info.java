/** The stores on SQLite and PostgreSQL, and the database for those who have tables of their own. */
@NullMarked
package dev.headway.store;

import org.jspecify.annotations.NullMarked;
