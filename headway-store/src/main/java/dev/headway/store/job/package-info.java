/** Jobs on SQL: their rows, milestones, queues, and the ledger of progress. */
@NullMarked
package dev.headway.store.job;

import org.jspecify.annotations.NullMarked;
