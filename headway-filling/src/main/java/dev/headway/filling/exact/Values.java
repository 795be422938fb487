package dev.headway.filling.exact;

import com.google.ortools.sat.LinearArgument;

/** The values of a solution's variables. */
@FunctionalInterface
interface Values {
  long of(LinearArgument variable);
}
