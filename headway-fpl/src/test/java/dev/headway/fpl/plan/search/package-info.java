@NullMarked
package dev.headway.fpl.plan.search;

import org.jspecify.annotations.NullMarked;
