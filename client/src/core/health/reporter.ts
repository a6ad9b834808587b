import { changedEnough, type PageHealth } from '@nhip-cau/shared/model/health';
import type { HallDevices, HealthReport } from '@nhip-cau/shared/protocol/health';

/** Sends a report; resolves to whether it was taken. */
export type SendHealth = (report: HealthReport) => Promise<boolean>;

/** Tells of each measure what differs enough from what the server was told last. */
export class HealthReporter {
  private readonly send: SendHealth;
  private told: PageHealth | null = null;
  private toldDevices = '';
  private isUnderWay = false;

  constructor(send: SendHealth) {
    this.send = send;
  }

  /** The server knows nothing of this page any more: the next measure is told whole. */
  forget(): void {
    this.told = null;
    this.toldDevices = '';
  }

  async take(health: PageHealth, devices?: HallDevices): Promise<void> {
    const devicesText = devices ? JSON.stringify(devices) : this.toldDevices;
    const hasNewDevices = devices !== undefined && devicesText !== this.toldDevices;
    if (this.isUnderWay || (!hasNewDevices && !changedEnough(this.told, health))) return;
    this.isUnderWay = true;
    try {
      if (!(await this.send(hasNewDevices ? { health, devices } : { health }))) return;
      this.told = health;
      this.toldDevices = devicesText;
    } finally {
      this.isUnderWay = false;
    }
  }
}
