/** Analyses as an application: jobs, routes, sockets and topics. */
@NullMarked
package dev.headway.fpl.app;

import org.jspecify.annotations.NullMarked;
