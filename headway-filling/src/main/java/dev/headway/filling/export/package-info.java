/** Schedules as CSV, JSON rows, XLSX and PDF files. */
@NullMarked
package dev.headway.filling.export;

import org.jspecify.annotations.NullMarked;
