/** Jobs for assistants: tools of the Model Context Protocol over the operations of REST. */
@NullMarked
package dev.headway.server.mcp;

import org.jspecify.annotations.NullMarked;
