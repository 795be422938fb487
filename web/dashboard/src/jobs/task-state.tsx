import type {contract} from '@headway/client';
import type {JSX} from 'preact';
import {Icon, type IconName} from '../ui/icons.js';

type TaskStatus = contract.TaskStatus;

const LOOKS: Record<TaskStatus, [string, IconName, string]> = {
  pending: ['', 'wait', 'Waiting'],
  running: ['accent', 'play', 'Running'],
  completed: ['good', 'check', 'Completed'],
  failed: ['bad', 'cross', 'Failed'],
  cancelled: ['', 'stop', 'Cancelled'],
};

export function TaskState({status}: {status: TaskStatus}): JSX.Element {
  const [look, icon, word] = LOOKS[status];
  return <span class={`badge ${look}`}><Icon name={icon} size={12} />{word}</span>;
}
