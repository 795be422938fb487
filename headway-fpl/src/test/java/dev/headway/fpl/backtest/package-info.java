@NullMarked
package dev.headway.fpl.backtest;

import org.jspecify.annotations.NullMarked;
