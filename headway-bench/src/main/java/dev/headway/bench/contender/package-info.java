/** The servers under test, each in processes of its own: Headway and its peers. */
@NullMarked
package dev.headway.bench.contender;

import org.jspecify.annotations.NullMarked;
