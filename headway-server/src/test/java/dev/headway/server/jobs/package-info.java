@NullMarked
package dev.headway.server.jobs;

import org.jspecify.annotations.NullMarked;
