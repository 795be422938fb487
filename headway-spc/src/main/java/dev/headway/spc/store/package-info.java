/** Keeps characteristics, samples, violations and who changed what, on SQLite or PostgreSQL. */
@NullMarked
package dev.headway.spc.store;

import org.jspecify.annotations.NullMarked;
