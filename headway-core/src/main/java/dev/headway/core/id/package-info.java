/** Identifiers: of jobs, of topics' epochs, and unguessable tokens. */
@NullMarked
package dev.headway.core.id;

import org.jspecify.annotations.NullMarked;
