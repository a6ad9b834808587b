import { hash, verify } from '@node-rs/argon2';
import { fold } from '@nhip-cau/shared/model/text';
import { randomCode } from '../kernel/codes.ts';
import { Refusal } from '../kernel/refusal.ts';
import { grouped } from './codes.ts';

/** OWASP Password Storage Cheat Sheet, argon2id; 19 MiB and about 30 ms a password. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const minLength = 10;

/** Long enough, and yet the first that anybody tries. */
const common = new Set([
  '0123456789',
  '0987654321',
  '1234567890',
  '12345678910',
  '123456789a',
  'a123456789',
  'abc1234567',
  'abcd123456',
  'admin12345',
  'administrator',
  'anhyeuem123',
  'doithoai123',
  'hanoi12345',
  'iloveyou123',
  'letmein1234',
  'matkhau123',
  'matkhau1234',
  'nhipcau123',
  'nhipcau1234',
  'password12',
  'password123',
  'password1234',
  'q1w2e3r4t5',
  'qwerty12345',
  'qwertyuiop',
  'saigon12345',
  'vietnam123',
  'vietnam1234',
  'welcome123',
]);

export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

const ofNobody = hashPassword(randomCode(16));

/** Takes as long for an account that is not there (`passwordHash` null) as for a wrong password. */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await ofNobody), password);
  return matches && passwordHash !== null;
}

/** 80 random bits, in groups that can be dictated. */
export const newPassword = (): string => grouped(randomCode(16).toLowerCase());

export type PasswordFault = 'too_short' | 'like_username' | 'common';

/** What is wrong with a password that somebody chose, or `null`. */
export function passwordFault(password: string, username: string): PasswordFault | null {
  if ([...password].length < minLength) return 'too_short';
  const folded = fold(password);
  if (folded.includes(fold(username))) return 'like_username';
  if (common.has(folded.replace(/[\s._-]/g, '')) || new Set(folded).size < 5) return 'common';
  return null;
}

/** Throws `password_too_weak` with the reason. */
export function requireStrong(password: string, username: string): void {
  const reason = passwordFault(password, username);
  if (reason !== null) throw new Refusal('password_too_weak', { reason });
}
