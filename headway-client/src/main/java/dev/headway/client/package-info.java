/** The Java client: submit work, report it from anywhere, and watch it live. */
@NullMarked
package dev.headway.client;

import org.jspecify.annotations.NullMarked;
